data "http" "x" {
  url = "https://api.example.com/"
  request_headers = {
    Authorization = "Bearer q8Zr1Tx5vB2nM7kLp4Wd9Yc3"
  }
}
