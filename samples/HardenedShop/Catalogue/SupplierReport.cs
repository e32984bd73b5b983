using Dapper;
using Microsoft.Data.Sqlite;

namespace HardenedShop.Catalogue;

public sealed class SupplierReport(SqliteConnection connection)
{
    public int CountProducts(SqliteDataReader supplier)
    {
        string name = supplier.GetString(0);
        return connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Products WHERE Supplier = @name", new { name });
    }
}
