resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  environment {
    variables = {
      FORTY = "k8Qz3Wn7Rt1Yb5Lm9Xv2Hs6Jd4Gp0Fc8Ta1Ue3Ki"
    }
  }
}
