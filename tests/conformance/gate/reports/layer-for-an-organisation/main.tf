resource "aws_lambda_layer_version_permission" "x" {
  layer_name      = "feeds"
  version_number  = 1
  principal       = "*"
  organization_id = "o-a1b2c3d4e5"
  action          = "lambda:GetLayerVersion"
  statement_id    = "all"
}
