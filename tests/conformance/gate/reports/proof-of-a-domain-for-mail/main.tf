resource "aws_route53_record" "r" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "_amazonses.example.com"
  type    = "TXT"
  ttl     = 60
  records = ["pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU="]
}
