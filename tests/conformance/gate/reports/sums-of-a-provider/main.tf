locals {
  hashes = ["h1:MxEu4U7kacPrUv6QMi7IHdQEoAk9Vlptcc53y8gSTjs=", "zh:60cae1d01739facc4543771db2e8fbc4d1ebe5fc66284a5b8b4bd1ed585f452e"]
}
