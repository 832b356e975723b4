resource "aws_memorydb_user" "u" {
  user_name     = "u"
  access_string = "on ~* +@read"
  authentication_mode {
    type      = "password"
    passwords = ["Kq7-vT3x9Lm2Zr-1234"]
  }
}
