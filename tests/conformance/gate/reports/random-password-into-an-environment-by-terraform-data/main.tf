resource "random_password" "p" { length = 20 }
resource "terraform_data" "t" { input = { pw = random_password.p.result } }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "python3.11"
  environment {
    variables = { DB = terraform_data.t.output.pw }
  }
}
