namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>How a provider marks parameters in the text.</summary>
internal enum SqlParameterStyle
{
    /// <summary><c>@name</c>: SQL Server, SQLite, MySQL, PostgreSQL.</summary>
    At,

    /// <summary><c>:name</c>: Oracle.</summary>
    Colon,

    /// <summary><c>?</c>, in order: ODBC and OLE DB.</summary>
    Positional,
}
