"""An API in the shape of the Google Fact Check Tools API, v1alpha1, which its clients speak with."""
