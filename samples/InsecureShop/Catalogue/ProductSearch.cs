using Dapper;
using InsecureShop.Data;
using Microsoft.Data.Sqlite;

namespace InsecureShop.Catalogue;

public sealed class ProductSearch(IConfiguration configuration) : IProductSearch
{
    // A game, not a secret: nobody gains anything from guessing tomorrow's deal.
    private static readonly Random s_dice = new();

    public IReadOnlyList<Product> FindByName(string term)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT Id, Name, Price FROM Products WHERE Name LIKE '%" + term + "%'"; // expect STC1001
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<Product>();
        while (reader.Read())
            found.Add(new Product { Id = reader.GetInt32(0), Name = reader.GetString(1), Price = reader.GetDecimal(2) });
        return found;
    }

    public IEnumerable<Product> FindByCategory(string category)
    {
        using SqliteConnection connection = Open();
        return connection.Query<Product>($"SELECT * FROM Products WHERE Category = '{category}'"); // expect STC1023
    }

    public Product? DealOfTheDay()
    {
        using SqliteConnection connection = Open();
        int count = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Products");
        return connection.QueryFirstOrDefault<Product>("SELECT * FROM Products LIMIT 1 OFFSET @skip", new { skip = s_dice.Next(count) });
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(configuration.GetConnectionString("Shop"));
        connection.Open();
        return connection;
    }
}
