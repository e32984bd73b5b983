namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>The code around the methods of the SQL code fix tests.</summary>
internal static class STC1023_SqlFixSource
{
    public static string Wrap(string member) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Data;
        using System.Data.Common;
        using System.Linq;
        using System.Threading.Tasks;
        using Dapper;
        using LinqToDB.Data;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        public class User { public int Id { get; set; } public string Name { get; set; } = ""; }

        public class Sample
        {
            private const string Table = "Users";

        {{string.Join('\n', member.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
