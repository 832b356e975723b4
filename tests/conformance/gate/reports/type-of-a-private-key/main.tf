resource "google_service_account_key" "uptime" {
  service_account_id = "uptime"
  public_key_type    = "TYPE_X509_PEM_FILE"
  private_key_type   = "TYPE_GOOGLE_CREDENTIALS_FILE"
}
