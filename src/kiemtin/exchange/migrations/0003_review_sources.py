import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_append_only"),
        ("checks", "0005_reworded_reviews"),
        ("exchange", "0002_markup_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("publisher", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("desk", "Another Kiểm Tin desk"),
                            ("datafeed", "A data feed (JSON or NDJSON, gzip too)"),
                            ("claimreview-pages", "Single pages with ClaimReview"),
                            ("sitemap", "A site map, whose pages hold ClaimReview"),
                            ("cofacts", "Tables of Cofacts (zipped CSV)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("address", models.TextField(max_length=20000)),
                ("site", models.CharField(blank=True, max_length=255)),
                ("is_collection", models.BooleanField(default=False)),
                ("within", models.CharField(blank=True, max_length=200)),
                ("licence", models.CharField(max_length=1000)),
                ("language", models.CharField(blank=True, max_length=35)),
                (
                    "every",
                    models.PositiveIntegerField(
                        choices=[
                            (30, "Every 30 seconds"),
                            (300, "Every 5 minutes"),
                            (900, "Every 15 minutes"),
                            (3600, "Every hour"),
                            (21600, "Every 6 hours"),
                            (86400, "Every day"),
                            (604800, "Every week"),
                        ],
                        default=3600,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused")], default="active", max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                ("content", models.CharField(blank=True, max_length=64)),
                ("is_cut_short", models.BooleanField(default=True)),
                ("round", models.PositiveBigIntegerField(default=0)),
                ("due", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not fetched yet"),
                            ("taken", "Fetched"),
                            ("same", "Nothing new"),
                            ("partly", "Fetched, but not all of it could be read"),
                            ("doubtful", "Much is missing from it: nothing was withdrawn without looking at each page"),
                            ("unreadable", "What is there is not in the form that was named"),
                            ("failed", "Not fetched"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bad-address", "The address is not a web address (http or https, without a user name)."),
                            (
                                "private-address",
                                "The address leads into a private network. Nothing is fetched from there.",
                            ),
                            ("unresolvable", "There is no server of this name, or its name could not be looked up."),
                            ("unreachable", "The server could not be reached."),
                            ("bad-certificate", "The server's certificate is not valid for this address."),
                            ("timed-out", "The server took too long."),
                            ("too-large", "What the server sends is larger than what is read."),
                            ("too-many-redirects", "The address leads on and on to other addresses."),
                            (
                                "less-secure",
                                "A secure address (https) leads on to one that is not. It was not followed.",
                            ),
                            ("interrupted", "The connection broke off, or the server does not speak HTTP."),
                            ("denied", "The server does not let us read this address (status 401 or 403)."),
                            ("gone", "There is nothing at this address any more (status 404 or 410)."),
                            ("busy", "The server asks to come back later (status 429 or 503)."),
                            ("bad-status", "The server answered with an error."),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.JSONField(default=dict)),
                ("tried", models.DateTimeField(blank=True, null=True)),
                ("succeeded", models.DateTimeField(blank=True, null=True)),
                ("created", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review_sources", to="accounts.desk"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourcePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=4000)),
                ("lastmod", models.CharField(blank=True, max_length=40)),
                ("read_lastmod", models.CharField(blank=True, max_length=40)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                ("misses", models.PositiveIntegerField(default=0)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bad-address", "The address is not a web address (http or https, without a user name)."),
                            (
                                "private-address",
                                "The address leads into a private network. Nothing is fetched from there.",
                            ),
                            ("unresolvable", "There is no server of this name, or its name could not be looked up."),
                            ("unreachable", "The server could not be reached."),
                            ("bad-certificate", "The server's certificate is not valid for this address."),
                            ("timed-out", "The server took too long."),
                            ("too-large", "What the server sends is larger than what is read."),
                            ("too-many-redirects", "The address leads on and on to other addresses."),
                            (
                                "less-secure",
                                "A secure address (https) leads on to one that is not. It was not followed.",
                            ),
                            ("interrupted", "The connection broke off, or the server does not speak HTTP."),
                            ("denied", "The server does not let us read this address (status 401 or 403)."),
                            ("gone", "There is nothing at this address any more (status 404 or 410)."),
                            ("busy", "The server asks to come back later (status 429 or 503)."),
                            ("bad-status", "The server answered with an error."),
                        ],
                        max_length=20,
                    ),
                ),
                ("read", models.DateTimeField(blank=True, null=True)),
                ("due", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="exchange.reviewsource"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourcedReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                ("url", models.CharField(blank=True, max_length=4000)),
                ("round", models.PositiveBigIntegerField(default=0)),
                ("is_gone", models.BooleanField(default=False)),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sourced", to="checks.externalreview"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="exchange.reviewsource"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviews",
                        to="exchange.sourcepage",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="reviewsource",
            index=models.Index(condition=models.Q(("state", "active")), fields=["due"], name="source_due"),
        ),
        migrations.AddConstraint(
            model_name="reviewsource",
            constraint=models.UniqueConstraint(fields=("kind", "address"), name="one_source_an_address"),
        ),
        migrations.AddIndex(
            model_name="sourcepage",
            index=models.Index(fields=["source", "due"], name="source_page_due"),
        ),
        migrations.AddConstraint(
            model_name="sourcepage",
            constraint=models.UniqueConstraint(fields=("source", "url"), name="one_page_a_source"),
        ),
        migrations.AddIndex(
            model_name="sourcedreview",
            index=models.Index(
                condition=models.Q(("is_gone", False)), fields=["source", "round"], name="sourced_missing"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedreview",
            index=models.Index(fields=["source", "url"], name="sourced_url"),
        ),
        migrations.AddConstraint(
            model_name="sourcedreview",
            constraint=models.UniqueConstraint(fields=("source", "key"), name="one_review_a_key"),
        ),
    ]
