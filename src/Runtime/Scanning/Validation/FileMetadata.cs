namespace SecurityToolchain.Scanning.Validation;

/// <summary>What is known about a file that was accepted.</summary>
/// <param name="FileName">The name that was judged. Do not store the file under it: give it a name of your own.</param>
/// <param name="SizeInBytes">Bytes that were read.</param>
/// <param name="MediaType">By content, for example <c>image/png</c>; never what the sender claimed.</param>
/// <param name="Format">The id of the format, for example <c>png</c>.</param>
/// <param name="Sha256">Digest of the content, 64 lower-case hexadecimal digits.</param>
public sealed record FileMetadata(string FileName, long SizeInBytes, string MediaType, string Format, string Sha256);
