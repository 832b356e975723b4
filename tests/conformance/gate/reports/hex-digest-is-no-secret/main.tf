resource "aws_lambda_function" "f" {
  function_name    = "f"
  source_code_hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  environment {
    variables = { GIT_SHA = "d1b0706c4879b31a195d01f3a967e8b35d95cbb7", IMAGE_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }
  }
}
