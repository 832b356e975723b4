resource "aws_cloudfront_function" "x" {
  name    = "f"
  runtime = "cloudfront-js-2.0"
  code    = <<-EOT
    function handler(event) {
      var password = "Kq7-vT3x9Lm2Zr";
      return event.request;
    }
  EOT
}
