resource "aws_cloudfront_distribution" "d" {
  enabled = true
  origin {
    domain_name = "a.example.com"
    origin_id   = "a"
    custom_header {
      name  = "X-Origin-Secret"
      value = "Kq7-vT3x9Lm2Zr"
    }
  }
}
