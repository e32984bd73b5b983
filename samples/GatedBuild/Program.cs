using Dapper;
using Microsoft.Data.Sqlite;

// A project behind the package gate. eng/Demo builds it three times: as it is, with a misspelled package, and after somebody has put
// a file into a package in the package folder. Only the first build gets as far as the compiler.
using var connection = new SqliteConnection("Data Source=:memory:");
Console.WriteLine(connection.ExecuteScalar<string>("SELECT 'built from verified packages'"));
