resource "aws_appconfig_hosted_configuration_version" "v" {
  application_id           = "a"
  configuration_profile_id = "p"
  content_type             = "text/plain"
  content                  = "ZDJWc1kyOXRaU0IwYnlCdmRYSWdhRzkxYzJVc0lHUmxZWElnY21WaFpHVnk="
}
