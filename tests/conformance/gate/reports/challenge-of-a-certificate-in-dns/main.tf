resource "aws_route53_record" "r" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "_acme-challenge.example.com"
  type    = "TXT"
  ttl     = 60
  records = ["9F3lHN7zCZFVHkHogt17VAR5lkigoAdT9E_JZuYVP8E"]
}
