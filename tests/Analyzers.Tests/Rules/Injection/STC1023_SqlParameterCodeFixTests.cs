using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1023_SqlParameterCodeFixTests
{
    [Fact]
    public Task Concatenation_InConstructor_AddsParameter() => Verify(
        """
        void M(SqliteConnection connection, string name)
        {
            using var command = new SqliteCommand([|"SELECT * FROM Users WHERE Name = '" + name + "'"|], connection);
            command.ExecuteNonQuery();
        }
        """,
        """
        void M(SqliteConnection connection, string name)
        {
            using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
            command.Parameters.AddWithValue("@name", name);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Interpolation_InUsingStatement_AddsParametersAtStartOfBlock() => Verify(
        """
        void M(SqliteConnection connection, string name, int age)
        {
            using (var command = new SqliteCommand([|$"SELECT * FROM {Table} WHERE Name LIKE '%{name}%' AND Age > {age} LIMIT 10"|], connection))
            {
                command.ExecuteNonQuery();
            }
        }
        """,
        """
        void M(SqliteConnection connection, string name, int age)
        {
            using (var command = new SqliteCommand($"SELECT * FROM {Table} WHERE Name LIKE @name AND Age > @age LIMIT 10", connection))
            {
                command.Parameters.AddWithValue("@name", "%" + name + "%");
                command.Parameters.AddWithValue("@age", age);
                command.ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task Format_InCommandText_AddsParameter() => Verify(
        """
        void M(SqliteCommand command, User user, string other)
        {
            command.CommandText = [|string.Format("UPDATE Users SET Name = '{0}', Note = '{1}' WHERE Id = {2}", user.Name, other, user.Id)|];
            command.ExecuteNonQuery();
        }
        """,
        """
        void M(SqliteCommand command, User user, string other)
        {
            command.CommandText = "UPDATE Users SET Name = @name, Note = @other WHERE Id = @id";
            command.Parameters.AddWithValue("@name", user.Name);
            command.Parameters.AddWithValue("@other", other);
            command.Parameters.AddWithValue("@id", user.Id);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task BaseCommand_WithoutAddWithValue_UsesCreateParameter() => Verify(
        """
        void M(DbConnection connection, string? name)
        {
            var sql = $"SELECT * FROM Users WHERE Name = '{name}'";
            using var command = connection.CreateCommand();
            command.CommandText = [|sql|];
            command.ExecuteNonQuery();
        }
        """,
        """
        void M(DbConnection connection, string? name)
        {
            var sql = "SELECT * FROM Users WHERE Name = @name";
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            var nameParameter = command.CreateParameter();
            nameParameter.ParameterName = "@name";
            nameParameter.DbType = DbType.String;
            nameParameter.Value = name ?? (object)DBNull.Value;
            command.Parameters.Add(nameParameter);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task SameValueTwice_AndTakenName_ShareOneFreeParameter() => Verify(
        """
        void M(SqliteCommand command, string name, string id)
        {
            command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "' OR Nick = '" + name + "' AND Id = @id AND Other = '" + id + "'"|];
            command.Parameters.AddWithValue("@id", 1);
        }
        """,
        """
        void M(SqliteCommand command, string name, string id)
        {
            command.CommandText = "SELECT * FROM Users WHERE Name = @name OR Nick = @name AND Id = @id AND Other = @id2";
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@id2", id);
            command.Parameters.AddWithValue("@id", 1);
        }
        """);

    [Fact]
    public Task InsertValues_AndNumberWhereNoParameterGoes_NumberStays() => Verify(
        """
        void M(SqliteCommand command, string a, int top)
        {
            command.CommandText = [|$"SELECT TOP {top} * FROM Users WHERE Id IN (SELECT Id FROM T WHERE A = '{a}')"|];
        }
        """,
        """
        void M(SqliteCommand command, string a, int top)
        {
            command.CommandText = $"SELECT TOP {top} * FROM Users WHERE Id IN (SELECT Id FROM T WHERE A = @a)";
            command.Parameters.AddWithValue("@a", a);
        }
        """);

    [Fact]
    public Task ObjectInitializer_AddsParameterAfterDeclaration() => Verify(
        """
        void M(SqliteConnection connection, string name)
        {
            var command = new SqliteCommand { Connection = connection, CommandText = [|"INSERT INTO Users (Name) VALUES ('" + name + "')"|] };
            command.ExecuteNonQuery();
        }
        """,
        """
        void M(SqliteConnection connection, string name)
        {
            var command = new SqliteCommand { Connection = connection, CommandText = "INSERT INTO Users (Name) VALUES (@name)" };
            command.Parameters.AddWithValue("@name", name);
            command.ExecuteNonQuery();
        }
        """);

    [Theory]
    [InlineData("""void M(SqliteCommand command, string table) { command.CommandText = [|"SELECT * FROM " + table|]; }""")]
    [InlineData("""void M(SqliteCommand command, string column) { command.CommandText = [|$"SELECT * FROM Users ORDER BY {column}"|]; }""")]
    [InlineData("""void M(SqliteCommand command, string column) { command.CommandText = [|$"SELECT {column} FROM Users"|]; }""")]
    [InlineData("""void M(SqliteCommand command, string list) { command.CommandText = [|$"SELECT * FROM Users WHERE Id IN ({list})"|]; }""")]
    [InlineData("""void M(SqliteCommand command, string name) { command.CommandText = [|$"SELECT [{name}] FROM Users"|]; }""")]
    [InlineData("""object? M(SqliteConnection c, string name) { return new SqliteCommand([|"SELECT * FROM Users WHERE Name = '" + name + "'"|], c).ExecuteScalar(); }""")]
    [InlineData("""void M(SqliteCommand command, string name) => command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "'"|];""")]
    [InlineData("""void M(SqliteCommand command, string where) { var sql = "SELECT 1"; sql += where; command.CommandText = [|sql|]; }""")]
    [InlineData("""void M(SqliteCommand command, string name) { command.CommandText = [|"SELECT * FROM Users -- " + name|]; }""")]
    public Task NotParameterizable_OffersNothing(string member) =>
        CodeFixVerifier.VerifyNoFixAsync<SqlNotConstantAnalyzer, SqlParameterCodeFix>(STC1023_SqlFixSource.Wrap(member));

    private static Task Verify(string before, string after) =>
        CodeFixVerifier.VerifyAsync<SqlNotConstantAnalyzer, SqlParameterCodeFix>(STC1023_SqlFixSource.Wrap(before), STC1023_SqlFixSource.Wrap(after));
}
