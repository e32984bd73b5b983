using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.Runtime.Tests.Authentication;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData(null, false, false, false)]
    [InlineData("", true, false, false)]
    [InlineData("reader", true, false, false)]
    [InlineData("writer", true, true, false)]
    [InlineData("admin", true, true, true)]
    [InlineData("ADMIN", true, false, false)]
    [InlineData("*", true, false, false)]
    public void DefaultMap_TruthTable(string? role, bool read, bool write, bool admin)
    {
        AuthClaims? claims = role is null ? null : FakeAuthProvider.Claims(DateTimeOffset.MaxValue, roles: role.Length == 0 ? [] : [role]);
        RolePermissionMap map = RolePermissionMap.Default;
        Assert.Equal((read, write, admin), (map.IsGranted(claims, "read"), map.IsGranted(claims, "write"), map.IsGranted(claims, "admin")));
        Assert.False(map.IsGranted(claims, "delete"));
        Assert.False(map.IsGranted(claims, "Read"));
        Assert.False(map.IsGranted(claims, ""));
    }

    [Fact]
    public void Map_EmptyNames_Throw()
    {
        Assert.Throws<ArgumentException>(() => new RolePermissionMap(new Dictionary<string, IReadOnlyCollection<string>> { [" "] = ["a"] }));
        Assert.Throws<ArgumentException>(() => new RolePermissionMap(new Dictionary<string, IReadOnlyCollection<string>> { ["a"] = [""] }));
        Assert.False(new RolePermissionMap(new Dictionary<string, IReadOnlyCollection<string>> { ["a"] = [] }).IsGranted(FakeAuthProvider.Claims(DateTimeOffset.MaxValue), "a"));
    }

    [Fact]
    public async Task Authorizer_ProviderThatFails_Denies()
    {
        var throwing = new Authorizer(new FakeAuthProvider(static _ => throw new InvalidOperationException("database down")), RolePermissionMap.Default);
        Assert.Equal(AuthFailure.ProviderError, (await throwing.AuthorizeAsync("t", "read", TestContext.Current.CancellationToken)).Failure);
        var silent = new Authorizer(new FakeAuthProvider(static _ => Task.FromResult<AuthResult>(null!)), RolePermissionMap.Default);
        Assert.Equal(AuthFailure.ProviderError, (await silent.AuthenticateAsync("t", TestContext.Current.CancellationToken)).Failure);
        var cancelled = new Authorizer(new FakeAuthProvider(static _ => throw new OperationCanceledException()), RolePermissionMap.Default);
        Assert.Equal(AuthFailure.ProviderError, (await cancelled.AuthenticateAsync("t", TestContext.Current.CancellationToken)).Failure);
    }

    [Fact]
    public async Task Authorizer_PermissionDecides()
    {
        var authorizer = new Authorizer(
            new FakeAuthProvider(static _ => Task.FromResult(AuthResult.Success(FakeAuthProvider.Claims(DateTimeOffset.MaxValue, roles: "writer")))), RolePermissionMap.Default);
        Assert.True((await authorizer.AuthorizeAsync("t", "write", TestContext.Current.CancellationToken)).IsSuccess);
        AuthResult refused = await authorizer.AuthorizeAsync("t", "admin", TestContext.Current.CancellationToken);
        Assert.Equal(AuthFailure.InsufficientPermissions, refused.Failure);
        Assert.Null(refused.Claims);
        Assert.Equal(AuthFailure.MissingToken, (await authorizer.AuthorizeAsync(null, "read", TestContext.Current.CancellationToken)).Failure);
        Assert.Equal(AuthFailure.MissingToken, (await authorizer.AuthorizeAsync("", "read", TestContext.Current.CancellationToken)).Failure);
        Assert.Throws<ArgumentException>(() => AuthResult.Refused(AuthFailure.None));
    }

    [Fact]
    public void Proxy_OnlyDeclaredAndGrantedCalls_ReachTheTarget()
    {
        var target = new Service();
        AuthClaims? current = null;
        IService proxy = AuthorizingProxy.Create<IService>(target, RolePermissionMap.Default, () => current);
        Denied(AuthFailure.MissingToken, () => proxy.Write("x"));
        current = FakeAuthProvider.Claims(DateTimeOffset.MaxValue, roles: "reader");
        Denied(AuthFailure.InsufficientPermissions, () => proxy.Write("x"));
        Denied(AuthFailure.InsufficientPermissions, () => proxy.Forgotten());
        Denied(AuthFailure.InsufficientPermissions, () => proxy.Both());
        Assert.Equal("read", proxy.Read());
        current = FakeAuthProvider.Claims(DateTimeOffset.MaxValue, roles: ["writer"]);
        Assert.Equal("written x", proxy.Write("x"));
        Assert.Equal("generic 5", proxy.Generic(5));
        Denied(AuthFailure.InsufficientPermissions, () => proxy.Both());
        Assert.Equal("boom", Assert.Throws<FormatException>(() => proxy.Fails()).Message);
        current = FakeAuthProvider.Claims(DateTimeOffset.MaxValue, roles: ["admin"]);
        proxy.Both();
        Denied(AuthFailure.InsufficientPermissions, () => proxy.Forgotten());
        Assert.Equal(["Read", "Write", "Generic", "Fails", "Both"], target.Calls);
    }

    [Fact]
    public void Proxy_CurrentThrows_Denies()
    {
        var target = new Service();
        IService proxy = AuthorizingProxy.Create<IService>(target, RolePermissionMap.Default, static () => throw new InvalidOperationException());
        Denied(AuthFailure.MissingToken, () => proxy.Read());
        Assert.Empty(target.Calls);
    }

    [Fact]
    public void AccessControl_TruthTable()
    {
        var access = new AccessControl();
        access.Grant("a", Permissions.ReadFiles | Permissions.ViewLogs);
        Assert.True(access.IsGranted("a", Permissions.ReadFiles));
        Assert.True(access.IsGranted("a", Permissions.ReadFiles | Permissions.ViewLogs));
        Assert.False(access.IsGranted("a", Permissions.ReadFiles | Permissions.ManageUsers));
        Assert.False(access.IsGranted("a", Permissions.None));
        Assert.False(access.IsGranted("A", Permissions.ReadFiles));
        Assert.False(access.IsGranted(null, Permissions.ReadFiles));
        string unknown = Assert.Throws<AccessDeniedException>(() => access.Require("b", Permissions.ReadFiles)).Message;
        Assert.Equal(unknown, Assert.Throws<AccessDeniedException>(() => access.Require("a", Permissions.ManageUsers)).Message);
        access.Require("a", Permissions.ViewLogs);
        access.Grant("a", Permissions.None);
        Assert.False(access.IsGranted("a", Permissions.ReadFiles));
    }

    private static void Denied(AuthFailure failure, Action call)
    {
        AccessDeniedException error = Assert.Throws<AccessDeniedException>(call);
        Assert.Equal(failure, error.Failure);
        Assert.Equal("Access is denied.", error.Message);
    }

    public interface IService
    {
        [RequirePermission("read")]
        string Read();

        string Write(string text);

        [RequirePermission("write")]
        string Generic<T>(T value);

        string Forgotten();

        [RequirePermission("read")]
        void Fails();

        [RequirePermission("write"), RequirePermission("admin")]
        void Both();
    }

    private sealed class Service : IService
    {
        public List<string> Calls { get; } = [];

        public string Read() => Note(nameof(Read), "read");

        [RequirePermission("write")]
        public string Write(string text) => Note(nameof(Write), $"written {text}");

        public string Generic<T>(T value) => Note(nameof(Generic), $"generic {value}");

        public string Forgotten() => Note(nameof(Forgotten), "forgotten");

        public void Fails()
        {
            Note(nameof(Fails), "");
            throw new FormatException("boom");
        }

        public void Both() => Note(nameof(Both), "");

        private string Note(string call, string result)
        {
            Calls.Add(call);
            return result;
        }
    }
}
