locals {
  notifier = "xapp-1-AWK3DEGZDPC-1661318609139-1c17149d439536b3216fdaeeb975729fae923d5a4fd12aabfe228f219e9cb0eb"
}
