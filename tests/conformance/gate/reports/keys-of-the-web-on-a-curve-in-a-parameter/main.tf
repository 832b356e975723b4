resource "aws_ssm_parameter" "k" {
  name  = "/jwks"
  type  = "String"
  value = <<-EOT
    {"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
  EOT
}
