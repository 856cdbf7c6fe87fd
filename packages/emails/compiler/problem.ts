/** Something wrong in a template, said in a sentence that names the file. */
export class TemplateProblem extends Error {
  override name = "TemplateProblem";
}
