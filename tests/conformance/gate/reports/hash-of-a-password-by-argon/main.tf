resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      ADMIN_PASSWORD = "$argon2id$v=19$m=65536,t=3,p=4$aRGQgY6ZvDvS7qjFCbBgpS$a76Lha9yOWpF4kRQDZy7NHgz7NCqlejvAcZWv6wqHvq"
    }
  }
}
