resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = "ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)"
}
