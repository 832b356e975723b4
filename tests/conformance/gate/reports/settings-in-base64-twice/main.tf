resource "aws_appconfig_hosted_configuration_version" "v" {
  application_id           = "a"
  configuration_profile_id = "p"
  content_type             = "text/plain"
  content                  = "WkdKZmNHRnpjM2R2Y21ROVMzRTNMWFpVTTNnNVRHMHlXbkk9"
}
