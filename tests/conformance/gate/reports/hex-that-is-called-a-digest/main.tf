resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      SOURCE_SHA256 = "4f3c2a1b9d8e7f60a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718"
      TENANT_ID     = "9d8e7f604f3c2a1ba1b2c3d4e5f60718"
      GIT_COMMIT    = "d1b0706c4879b31a195d01f3a967e8b35d95cbb7"
      ORDER         = "00000000000000000000000000000001"
    }
  }
}
