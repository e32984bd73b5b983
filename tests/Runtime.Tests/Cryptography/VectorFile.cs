namespace SecurityToolchain.Runtime.Tests.Cryptography;

/// <summary>Reads the files in Vectors: '#' starts a comment, '|' separates fields of hexadecimal digits.</summary>
internal static class VectorFile
{
    public static IEnumerable<byte[][]> Read(string name)
    {
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", name)))
        {
            if (line.Length > 0 && line[0] != '#')
                yield return Array.ConvertAll(line.Split('|'), Convert.FromHexString);
        }
    }
}
