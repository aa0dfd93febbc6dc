package io.wizzie.wcs.ami.history;

/** What two builds are compared by, in the order in which it is told. */
public enum Section {
  PRODUCT("product"),
  SOURCE_IMAGE("source image"),
  SYSTEM("system"),
  ROOT_VOLUME("root volume"),
  CHEF("chef"),
  TOOL("tool"),
  RUN_LISTS("run list"),
  ATTRIBUTES("attribute"),
  COOKBOOKS("cookbook"),
  BUNDLE("roles, data bags, settings"),
  PACKAGES("package"),
  CONTAINER_IMAGES("container image"),
  GEMS("gem");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /** What one thing of it is called. */
  public String title() {
    return title;
  }
}
