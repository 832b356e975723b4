module "feed" {
  source = "./function"
  name   = "feed"
}

resource "aws_cloudwatch_log_group" "feed" {
  name              = "/aws/lambda/${module.feed.name}"
  retention_in_days = 60
}
