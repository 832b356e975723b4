resource "aws_s3_object" "k" {
  bucket  = "b"
  key     = "jwks.json"
  content = jsonencode({ keys = [{ kty = "RSA", kid = "r", e = "AQAB", n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw", d = "wgKDqnKzJpawa8UgEk-ruCFsc-44Fj1sL0wbqIinBx_G-QaHNIskPX3rwRcN2dFl4Mf0uZeW6hFQMv4IAhWTFb-tkdryLNq80DSIbpObC19n1nrjah5LRvQMq6uzHZAdgz0d7c9bYngZJK8szqSatAciMQQ863YqzvQ2WDF_0RQjGY56-v5QyQ4h0fC6w5NR_7tql39lwrAXBy9n5cH4YGsJ5-W2_Zt46ntsMhjnko3n4VFiCZBjXRKWbePCEJB_coSt6L1RDhuxFFPa7KR1uwz68TVtAAfbbc4xWhL87MhWbFAia2spEXbmQrdnn9NtpZXJLiPuuSQcGbeoga7xv0" }] })
}
