namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Events of AWS Lambda, declared as stubs under the real names.</summary>
public sealed class LambdaSourceTests
{
    [Fact]
    public Task Events_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        namespace Amazon.Lambda.APIGatewayEvents { public class APIGatewayProxyRequest { public string Body { get; set; } = ""; public string Path { get; set; } = ""; public IDictionary<string,string> QueryStringParameters { get; set; } = null!; public IDictionary<string,string> PathParameters { get; set; } = null!; public IDictionary<string,string> Headers { get; set; } = null!; public bool IsBase64Encoded { get; set; } } public class APIGatewayProxyResponse { public string Body { get; set; } = ""; public IDictionary<string,string> Headers { get; set; } = null!; } }
        namespace Amazon.Lambda.Core { public interface ILambdaContext { } }
        namespace Amazon.Lambda.Annotations { public class LambdaFunctionAttribute : Attribute { } }
        namespace App { using Amazon.Lambda.APIGatewayEvents; using Amazon.Lambda.Core; public class Fn { 
          public APIGatewayProxyResponse Handle(APIGatewayProxyRequest request, ILambdaContext context) { File.Delete(request.Body); // finds STC1005
           File.Delete(request.QueryStringParameters["x"]); // finds STC1005
           if (request.PathParameters.TryGetValue("x", out var p)) File.Delete(p); // finds STC1005
           File.Delete(request.Headers["x"]); // finds STC1005
           var d = JsonSerializer.Deserialize<Dto>(request.Body); File.Delete(d!.Name); // finds STC1005
           File.Delete("/d/" + request.IsBase64Encoded + "/" + d.N); return new APIGatewayProxyResponse(); }
          [Amazon.Lambda.Annotations.LambdaFunction] public string Ann(string name, int n) { File.Delete("/d/" + n); return File.ReadAllText(name); } // finds STC1005
         } public class Dto { public string Name { get; set; } = ""; public int N { get; set; } } }
        """);
}
