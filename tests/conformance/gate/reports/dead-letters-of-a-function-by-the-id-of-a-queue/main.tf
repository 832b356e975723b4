resource "aws_sqs_queue" "d" { name = "d" }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  dead_letter_config { target_arn = aws_sqs_queue.d.id }
}
