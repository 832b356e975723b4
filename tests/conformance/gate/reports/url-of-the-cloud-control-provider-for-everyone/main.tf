resource "awscc_lambda_url" "t" {
  auth_type           = "NONE"
  target_function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:feed"
}
