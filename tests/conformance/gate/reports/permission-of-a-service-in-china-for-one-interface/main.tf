resource "aws_lambda_permission" "x" {
  statement_id  = "x"
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal = "apigateway.amazonaws.com.cn"
  source_arn = "arn:aws-cn:execute-api:cn-north-1:111122223333:a1b2c3/*/GET/feeds"
}
