resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  environment {
    variables = {
      HOST = "SHA256:uNiVztksCsDhcc0u9e8BrrJXVGtx2Rs0pWZB3r1qPhE"
    }
  }
}
