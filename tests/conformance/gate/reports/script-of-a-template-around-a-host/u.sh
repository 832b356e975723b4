#!/bin/bash
mysql -h ${host} -u root -pTr4de-W1nd-t6BRmE prices
