namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Triggers of Azure Functions, declared as stubs under the real names.</summary>
public sealed class AzureFunctionsSourceTests
{
    [Fact]
    public Task Triggers_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute : Attribute { public FunctionAttribute(string n) { } } public class HttpTriggerAttribute : Attribute { public HttpTriggerAttribute(params string[] m) { } public string? Route { get; set; } } public class QueueTriggerAttribute : Attribute { public QueueTriggerAttribute(string q) { } } public class ServiceBusTriggerAttribute : Attribute { public ServiceBusTriggerAttribute(string q) { } } public class BlobTriggerAttribute : Attribute { public BlobTriggerAttribute(string q) { } } public class TimerTriggerAttribute : Attribute { public TimerTriggerAttribute(string q) { } } public class FunctionContext { } public class TimerInfo { public string Name = ""; } public class EventGridTriggerAttribute : Attribute { } }
        namespace Microsoft.Azure.Functions.Worker.Http { public abstract class HttpRequestData { public Stream Body { get; } = null!; public Uri Url { get; } = null!; public System.Collections.Specialized.NameValueCollection Query { get; } = null!; public Dictionary<string,string> Headers { get; } = null!; } public static class HttpRequestDataExtensions { public static Task<string> ReadAsStringAsync(this HttpRequestData r) => null!; public static ValueTask<T> ReadFromJsonAsync<T>(this HttpRequestData r) => default; } }
        namespace App { using Microsoft.Azure.Functions.Worker; using Microsoft.Azure.Functions.Worker.Http;
         public class F { 
          [Function("a")] public async Task<string> A([HttpTrigger("get", Route = "x/{name}")] HttpRequestData req, string name, FunctionContext c) { File.Delete(name); // finds STC1005
            File.Delete(req.Query["x"]); // finds STC1005
            File.Delete(req.Headers["x"]); // finds STC1005
            File.Delete(req.Url.Query); // finds STC1005
            File.Delete(await req.ReadAsStringAsync()); // finds STC1005
            var d = await req.ReadFromJsonAsync<Dto>(); File.Delete(d.Name); // finds STC1005
            using var r = new StreamReader(req.Body); File.Delete(await r.ReadToEndAsync()); // finds STC1005
            return ""; }
          [Function("b")] public void B([QueueTrigger("q")] string msg) { File.Delete(msg); } // finds STC1005
          [Function("c")] public void C([ServiceBusTrigger("q")] Dto msg) { File.Delete(msg.Name); } // finds STC1005
          [Function("d")] public void D([BlobTrigger("q/{name}")] Stream s, string name) { using var r = new StreamReader(s); File.Delete(r.ReadToEnd()); } // finds STC1005
          [Function("e")] public void E([TimerTrigger("* * *")] TimerInfo t) { File.Delete(t.Name); }
          [Function("g")] public void G([HttpTrigger("post")] HttpRequest req) { File.Delete(req.Query["x"]); } // finds STC1005
          [Function("h")] public void H2([HttpTrigger("post")] Dto d) { File.Delete(d.Name); } // finds STC1005
          [Function("h")] public async Task H3([HttpTrigger("post")] System.Net.Http.HttpRequestMessage m) { File.Delete(await m.Content!.ReadAsStringAsync()); File.Delete(m.RequestUri!.Query); } // finds STC1005
          public void H(string name) { File.Delete(name); } }
         public class Dto { public string Name { get; set; } = ""; } }
        """, "remote, local, stored");
}
