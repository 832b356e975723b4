variable "partner" {
  type = string
}

resource "aws_lambda_permission" "partner" {
  action        = "lambda:InvokeFunction"
  function_name = "trade"
  principal     = var.partner # expect: unknown
}
