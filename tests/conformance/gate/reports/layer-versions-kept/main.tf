resource "aws_lambda_layer_version" "tools" {
  layer_name   = "tools"
  filename     = "tools.zip"
  skip_destroy = true
}
