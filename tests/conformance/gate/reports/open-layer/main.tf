resource "aws_lambda_layer_version_permission" "open" {
  layer_name     = "tools"
  version_number = 1
  principal      = "*"
  action         = "lambda:GetLayerVersion"
  statement_id   = "all"
}
