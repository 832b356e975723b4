resource "aws_api_gateway_stage" "x" {
  rest_api_id   = "a"
  deployment_id = "d"
  stage_name    = "s"
  variables = {
    backendToken = "Kq7-vT3x9Lm2Zr"
  }
}
