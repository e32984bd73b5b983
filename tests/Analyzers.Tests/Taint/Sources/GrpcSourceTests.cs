namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Services that override a generated base.</summary>
public sealed class GrpcSourceTests
{
    [Fact]
    public Task ServiceMethods_AreSources() => LineVerifier.VerifyWithLibrariesAsync("STC1005", """
        public class Req { public string Name { get; set; } = ""; public int N { get; set; } } public class Rep { }
        public static partial class Greeter { [Grpc.Core.BindServiceMethod(typeof(Greeter), "BindService")] public abstract partial class GreeterBase { 
         public virtual Task<Rep> Say(Req request, Grpc.Core.ServerCallContext context) => throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unimplemented, ""));
         public virtual Task<Rep> Up(Grpc.Core.IAsyncStreamReader<Req> s, Grpc.Core.ServerCallContext context) => throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unimplemented, ""));
         } }
        public class Svc : Greeter.GreeterBase {
          public override Task<Rep> Say(Req request, Grpc.Core.ServerCallContext context) { File.Delete(request.Name); // finds STC1005
            File.Delete("/d/" + request.N);
            File.Delete(context.RequestHeaders.GetValue("x")); // finds STC1005
            return Task.FromResult(new Rep()); }
          public override async Task<Rep> Up(Grpc.Core.IAsyncStreamReader<Req> s, Grpc.Core.ServerCallContext context) { while (await s.MoveNext(default)) File.Delete(s.Current.Name); return new Rep(); } // finds STC1005
          public Task Helper(Req request) { File.Delete(request.Name); return Task.CompletedTask; }
        }
        """);
}
