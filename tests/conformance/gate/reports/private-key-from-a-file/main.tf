resource "aws_iam_server_certificate" "front" {
  name             = "front"
  certificate_body = file("front.crt")
  private_key      = file("front.key")
}
