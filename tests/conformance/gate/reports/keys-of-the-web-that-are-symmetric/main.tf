resource "aws_ssm_parameter" "k" {
  name  = "/jwk"
  type  = "String"
  value = "{\"kty\":\"oct\",\"alg\":\"A128KW\",\"k\":\"GawgguFyGrWKav7AX4VKUg\"}"
}
