"""Who gets what at each address: the one table that the walk over all views is compared with.

One word stands for everybody. Seven are for somebody without a session, somebody who is signed in and in no desk, the
reader, checker, editor and administrator of the desk in the address, and everybody of another desk.

302 (or 301) leads on: a form was taken, or the page is elsewhere. `login` is 302 to the sign-in page. 404 for a
stranger: a desk that is not theirs is not there. 403: their role does not include it. 422: something in the form is
missing. What a POST sends stands in `asks.FORMS`; where the address takes forms that differ, a word tells which.
"""

COLUMNS = ("nobody", "no-desk", "reader", "checker", "editor", "administrator", "elsewhere")

TABLE = """
GET  account_login                             200      302      302      302      302      302      302
POST account_login                             200      302      302      302      302      302      302
GET  account_logout                            302      200      200      200      200      200      200
POST account_logout                            302
GET  account_inactive                          200
POST account_inactive                          405
GET  account_reauthenticate                    login    200      200      200      200      200      200
POST account_reauthenticate                    login    200      302      302      302      302      302
GET  account_change_password                   login    200      200      200      200      200      200
POST account_change_password                   login    200      302      302      302      302      302
GET  account_set_password                      login    302      302      302      302      302      302
POST account_set_password                      login    302      302      302      302      302      302
GET  account_reset_password                    200
POST account_reset_password                    302
GET  account_reset_password_done               200
POST account_reset_password_done               405
GET  account_reset_password_from_key           200
POST account_reset_password_from_key           200
GET  account_reset_password_from_key_done      200
POST account_reset_password_from_key_done      405
GET  mfa_index                                 login    200      200      200      200      200      200
POST mfa_index                                 login    405      405      405      405      405      405
GET  mfa_authenticate                          login    302      302      302      302      302      302
POST mfa_authenticate                          login    302      302      302      302      302      302
GET  mfa_reauthenticate                        login    200      200      200      200      200      200
POST mfa_reauthenticate                        login    200      200      200      200      200      200
GET  mfa_activate_totp                         login    302      302      302      302      302      302
POST mfa_activate_totp                         login    302      302      302      302      302      302
GET  mfa_deactivate_totp                       login    200      200      200      200      200      200
POST mfa_deactivate_totp                       login    302      302      302      302      302      302
GET  mfa_view_recovery_codes                   login    404      200      200      200      200      200
POST mfa_view_recovery_codes                   login    405      405      405      405      405      405
GET  mfa_generate_recovery_codes               login    200      200      200      200      200      200
POST mfa_generate_recovery_codes               login    302      302      302      302      302      302
GET  mfa_download_recovery_codes               login    404      200      200      200      200      200
POST mfa_download_recovery_codes               login    404      405      405      405      405      405
GET  mfa_list_webauthn                         login    200      200      200      200      200      200
POST mfa_list_webauthn                         login    405      405      405      405      405      405
GET  mfa_add_webauthn                          login    200      200      200      200      200      200
POST mfa_add_webauthn                          login    200      200      200      200      200      200
GET  mfa_reauthenticate_webauthn               login    302      200      200      200      200      200
POST mfa_reauthenticate_webauthn               login    302      login    login    login    login    login
GET  mfa_remove_webauthn                       login    404      200      200      200      200      404
POST mfa_remove_webauthn                       login    404      302      302      302      302      404
GET  mfa_edit_webauthn                         login    404      200      200      200      200      404
POST mfa_edit_webauthn                         login    404      302      302      302      302      404
GET  mfa_login_webauthn                        login    302      302      302      302      302      302
POST mfa_login_webauthn                        login    302      302      302      302      302      302
GET  account_signup                            404
POST account_signup                            404
GET  account_email                             404
POST account_email                             404
GET  account_email_verification_sent           404
POST account_email_verification_sent           404
GET  account_confirm_email                     404
POST account_confirm_email                     404
GET  account_confirm_login_code                404
POST account_confirm_login_code                404
GET  desk:home                                 login    200      302      302      302      302      302
POST desk:home                                 login    200      302      302      302      302      302
GET  desk:second-factor                        login    302      302      302      302      302      302
POST desk:second-factor                        login    302      302      302      302      302      302
GET  desk:account                              login    200      200      200      200      200      200
POST desk:account                              login    302      302      302      302      302      302
GET  desk:invitation                           200
POST desk:invitation                           200      422      422      422      422      422      422
GET  desk:queue                                login    404      200      200      200      200      404
POST desk:queue                                login    404      200      200      200      200      404
GET  desk:queue-news                           login    404      204      204      204      204      404
POST desk:queue-news                           login    404      204      204      204      204      404
GET  desk:bulk                                 405
POST desk:bulk take                            login    404      403      302      302      302      404
POST desk:bulk assign                          login    404      403      302      302      302      404
POST desk:bulk merge                           login    404      302      302      302      302      404
GET  desk:views                                login    404      200      200      200      200      404
POST desk:views                                login    404      302      302      302      302      404
GET  desk:view                                 405
POST desk:view rename                          login    404      302      302      302      302      404
POST desk:view delete                          login    404      302      302      302      302      404
GET  desk:merge                                login    404      403      404      404      404      404
POST desk:merge                                login    404      403      302      302      302      404
GET  desk:case                                 login    404      200      200      200      200      404
POST desk:case                                 login    404      200      200      200      200      404
GET  desk:case-picture                         login    404      200      200      200      200      404
POST desk:case-picture                         405
GET  desk:case-act                             405
POST desk:case-act take                        login    404      403      302      302      302      404
POST desk:case-act assign                      login    404      403      302      302      302      404
POST desk:case-act release                     login    404      403      302      302      302      404
POST desk:case-act declare-conflict            login    404      403      302      302      302      404
POST desk:case-act rename                      login    404      403      302      302      302      404
POST desk:case-act say-nature                  login    404      403      302      302      302      404
POST desk:case-act close-not-checkable         login    404      403      302      302      302      404
POST desk:case-act decline                     login    404      403      403      302      302      404
POST desk:case-act reopen                      login    404      403      403      302      302      404
POST desk:case-act split                       login    404      403      302      302      302      404
POST desk:case-act decide-match                login    404      403      302      302      302      404
POST desk:case-act answer-with-check           login    404      403      403      302      302      404
POST desk:case-act answer-with-review          login    404      403      403      302      302      404
POST desk:case-act start-draft                 login    404      403      302      302      302      404
POST desk:case-act note                        login    404      403      302      302      302      404
POST desk:case-act withhold-text               login    404      403      302      302      302      404
POST desk:case-act need-picture                login    404      403      302      302      302      404
POST desk:case-act undo                        login    404      403      302      302      302      404
GET  desk:reports                              login    404      200      200      200      200      404
POST desk:reports                              login    404      200      200      200      200      404
GET  desk:handle-report                        405
POST desk:handle-report                        login    404      403      302      302      302      404
GET  desk:outbox                               login    404      403      403      200      200      404
POST desk:outbox                               login    404      403      403      200      200      404
GET  desk:retry                                405
POST desk:retry                                login    404      403      403      302      302      404
GET  desk:edit                                 login    404      403      200      200      200      404
POST desk:edit                                 login    404      403      302      302      302      404
POST desk:edit take-copy                       login    404      403      302      302      302      404
GET  desk:autosave                             405
POST desk:autosave                             login    404      403      200      200      200      404
GET  desk:copies                               login    404      200      200      200      200      404
POST desk:copies                               login    404      200      200      200      200      404
GET  desk:copy-take                            405
POST desk:copy-take                            login    404      403      302      302      302      404
GET  desk:copy-hand-in                         405
POST desk:copy-hand-in                         login    404      403      302      302      302      404
GET  desk:copy-licence                         405
POST desk:copy-licence                         login    404      403      403      302      302      404
GET  desk:copy-drop                            405
POST desk:copy-drop                            login    404      403      302      302      302      404
GET  desk:copy-file                            login    404      200      200      200      200      404
POST desk:copy-file                            login    404      200      200      200      200      404
GET  desk:source-hold                          405
POST desk:source-hold                          login    404      403      302      302      302      404
GET  desk:checks                               login    404      200      200      200      200      404
POST desk:checks                               login    404      200      200      200      200      404
GET  desk:reviews                              login    404      200      200      200      200      404
POST desk:reviews                              login    404      200      200      200      200      404
GET  desk:check                                login    404      200      200      200      200      404
POST desk:check                                login    404      200      200      200      200      404
GET  desk:check-act                            405
POST desk:check-act submit                     login    404      403      302      302      302      404
POST desk:check-act recall                     login    404      403      302      302      302      404
POST desk:check-act send-back                  login    404      403      403      302      302      404
POST desk:check-act approve                    login    404      403      403      302      302      404
POST desk:check-act publish                    login    404      403      403      302      302      404
POST desk:check-act start-correction           login    404      403      302      302      302      404
POST desk:check-act discard-correction         login    404      403      302      302      302      404
POST desk:check-act recheck                    login    404      403      302      302      302      404
POST desk:check-act withdraw                   login    404      403      403      302      302      404
GET  desk:alerts                               login    404      200      200      200      200      404
POST desk:alerts                               login    404      200      200      200      200      404
GET  desk:alert-new                            login    404      403      200      200      200      404
POST desk:alert-new                            login    404      403      302      302      302      404
GET  desk:alert                                login    404      200      200      200      200      404
POST desk:alert                                login    404      200      200      200      200      404
GET  desk:alert-edit                           login    404      403      200      200      200      404
POST desk:alert-edit                           login    404      403      302      302      302      404
GET  desk:alert-act                            405
POST desk:alert-act submit-alert               login    404      403      302      302      302      404
POST desk:alert-act send-back-alert            login    404      403      403      302      302      404
POST desk:alert-act publish-alert              login    404      403      403      302      302      404
POST desk:alert-act discard-alert-correction   login    404      403      302      302      302      404
POST desk:alert-act withdraw-alert             login    404      403      403      302      302      404
GET  desk:people                               login    404      403      403      403      200      404
POST desk:people                               login    404      403      403      403      200      404
GET  desk:role                                 405
POST desk:role                                 login    404      403      403      403      302      404
GET  desk:remove-member                        login    404      403      403      403      200      404
POST desk:remove-member                        login    404      403      403      403      302      404
GET  desk:revoke-invitation                    405
POST desk:revoke-invitation                    login    404      403      403      403      302      404
GET  desk:tokens                               login    404      403      403      403      200      404
POST desk:tokens                               login    404      403      403      403      200      404
GET  desk:revoke-token                         405
POST desk:revoke-token                         login    404      403      403      403      302      404
GET  desk:pages                                login    404      403      403      200      200      404
POST desk:pages                                login    404      403      403      200      200      404
GET  desk:page-preview                         405
POST desk:page-preview                         login    404      403      403      200      200      404
GET  desk:page                                 login    404      403      403      200      200      404
POST desk:page                                 login    404      403      403      302      302      404
GET  desk:page-version                         login    404      403      403      200      200      404
POST desk:page-version                         login    404      403      403      200      200      404
GET  desk:sources                              login    404      403      403      200      200      404
POST desk:sources                              login    404      403      403      200      200      404
GET  desk:source-add                           login    404      403      403      200      200      404
POST desk:source-add                           login    404      403      403      302      302      404
GET  desk:open-links                           405
POST desk:open-links                           login    404      403      403      302      302      404
GET  desk:source                               login    404      403      403      200      200      404
POST desk:source                               login    404      403      403      302      302      404
GET  desk:source-fetch                         405
POST desk:source-fetch                         login    404      403      403      302      302      404
GET  desk:source-pause                         405
POST desk:source-pause                         login    404      403      403      302      302      404
GET  desk:source-end                           405
POST desk:source-end                           login    404      403      403      302      302      404
GET  desk:log                                  login    404      403      403      403      200      404
GET  desk:log-csv                              405
POST desk:log-csv                              login    404      403      403      403      200      404
POST desk:log                                  login    404      403      403      403      200      404
GET  api-page                                  200
POST api-page                                  405
GET  public:home                               200
POST public:home                               405
GET  public:ask                                200
POST public:ask                                302
GET  public:receipt-find                       200
POST public:receipt-find                       405
GET  public:receipt-short                      302
POST public:receipt-short                      405
GET  public:receipt                            200
POST public:receipt                            405
GET  public:decide                             405
POST public:decide                             302
GET  public:receipt-address                    302
POST public:receipt-address                    302
GET  public:picture                            200
POST public:picture                            405
GET  public:picture-ask                        405
POST public:picture-ask                        302
GET  public:picture-image                      200
POST public:picture-image                      405
GET  public:receipt-agreement                  302
POST public:receipt-agreement                  302
GET  public:receipt-forget                     200
POST public:receipt-forget                     200
GET  public:share-target                       302
POST public:share-target                       200
GET  public:manifest                           200
POST public:manifest                           405
GET  public:service-worker                     200
POST public:service-worker                     405
GET  public:offline                            200
POST public:offline                            405
GET  public:checks                             200
POST public:checks                             405
GET  public:suggest                            200
POST public:suggest                            405
GET  public:check-revisions                    200
POST public:check-revisions                    405
GET  public:revision                           200
POST public:revision                           405
GET  public:changed                            404
POST public:changed                            405
GET  public:report-error                       200
POST public:report-error                       302
GET  public:report-thanks                      200
POST public:report-thanks                      405
GET  public:card                               200
POST public:card                               405
GET  public:embed                              200
POST public:embed                              405
GET  public:oembed                             400
POST public:oembed                             405
GET  public:check                              302
POST public:check                              405
GET  public:copy                               200
POST public:copy                               405
GET  public:copy-file                          200
POST public:copy-file                          405
GET  public:alerts                             200
POST public:alerts                             405
GET  public:alert                              302
POST public:alert                              405
GET  public:alert-revisions                    200
POST public:alert-revisions                    405
GET  public:corrections                        200
POST public:corrections                        405
GET  public:method                             200
POST public:method                             405
GET  public:scale                              200
POST public:scale                              405
GET  public:about                              200
POST public:about                              405
GET  public:corrections-policy                 200
POST public:corrections-policy                 405
GET  public:security                           200
POST public:security                           405
GET  public:security-txt                       404
POST public:security-txt                       405
GET  public:contact                            200
POST public:contact                            405
GET  public:page                               200
POST public:page                               405
GET  public:page-version                       200
POST public:page-version                       405
GET  public:data                               200
POST public:data                               405
GET  public:data-file                          404
POST public:data-file                          405
GET  public:privacy                            200
POST public:privacy                            405
GET  public:log                                200
POST public:log                                405
GET  public:log-checkpoint                     200
POST public:log-checkpoint                     405
GET  public:log-head                           200
POST public:log-head                           405
GET  public:log-key                            200
POST public:log-key                            405
GET  public:log-tile                           200
POST public:log-tile                           405
GET  public:log-published                      200
POST public:log-published                      405
GET  public:log-standing                       200
POST public:log-standing                       405
GET  public:log-entry                          200
POST public:log-entry                          405
GET  public:log-proof                          200
POST public:log-proof                          405
GET  public:reuse                              200
POST public:reuse                              405
GET  public:claimreview-feed                   200
POST public:claimreview-feed                   405
GET  public:feed-checks                        200
POST public:feed-checks                        405
GET  public:feed-topic                         200
POST public:feed-topic                         405
GET  public:feed-alerts                        200
POST public:feed-alerts                        405
GET  public:feed-corrections                   200
POST public:feed-corrections                   405
GET  public:widget-script                      200
POST public:widget-script                      405
GET  public:widget                             200
POST public:widget                             405
GET  public:sitemap                            200
POST public:sitemap                            405
GET  public:sitemap-part                       404
POST public:sitemap-part                       405
GET  public:robots                             200
POST public:robots                             405
"""
