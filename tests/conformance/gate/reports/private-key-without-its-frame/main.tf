resource "aws_iam_server_certificate" "site" {
  name             = "site"
  certificate_body = file("site.pem")
  private_key      = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQn8W1Jj4YroAtAPEsUSpGoK5QM0eY1KP8b1kLq8vp1Ft88m1r4VNhvPjFy4et7HmHScQ3JghmDgf8KvhRhLkp6yAL4WfvnhtU4fZdcuEMrZrsBBqCuyX2Gighz8KCPwcrJXG6tZXg0jm09PUdXdSmD3UUY3hbXiT6iYPsh1HXNWwVJorF1Cbx"
}
