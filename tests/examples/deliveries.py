"""Files as the supplier of the data delivery sends them."""

CUSTOMERS = "id,name,since\n1,Ada,2024-02-29\n2,Grace,2025-01-01\n"
ORDERS = "id,customer,amount,day\n10,1,12.50,2026-11-01\n11,2,0.30,2026-11-02\n12,1,7,2026-11-02\n"
