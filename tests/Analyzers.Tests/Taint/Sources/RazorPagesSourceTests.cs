namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Handlers and bound properties of Razor Pages.</summary>
public sealed class RazorPagesSourceTests
{
    [Fact]
    public Task HandlersAndBoundProperties_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        public class IndexModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel {
          [BindProperty] public string Name { get; set; } = "";
          [BindProperty(SupportsGet = true)] public Dto D { get; set; } = new();
          public string Other { get; set; } = "";
          public void OnGet(string id) { System.IO.File.Delete(id); } // finds STC1005
          public Task OnPostAsync() { System.IO.File.Delete(Name); return Task.CompletedTask; } // finds STC1005
          public void OnPostDelete() { System.IO.File.Delete(D.File); } // finds STC1005
          public void OnPostSave(string file) { Save(file); }
          void Save(string f) { System.IO.File.Delete(f); } // finds STC1005
          public void OnPutX(IFormFile f) { System.IO.File.Delete(f.FileName); } // finds STC1005
          public void Look(string id) { System.IO.File.Delete(id); }
          public void OnGetOther() { System.IO.File.Delete(Other); }
          public void OnGetNum(int n) { System.IO.File.Delete("/d/" + n); }
          public class Dto { public string File { get; set; } = ""; }
        }
        [BindProperties] public class AllModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public string Name { get; set; } = ""; public void OnPost() { System.IO.File.Delete(Name); } } // finds STC1005
        """);
}
